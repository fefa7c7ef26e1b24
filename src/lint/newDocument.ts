/**
 * The text that a missing runbook begins with: its sections in the order in which an on-call person needs them.
 * @param namespace for the commands; null leaves it to the target
 */
export function newDocument(title: string, namespace: string | null): string {
  const flag = namespace === null ? "" : ` -n ${namespace}`;
  return `# ${title.replaceAll(/\s+/g, " ")}

## Overview

When to open this runbook, and what it does not cover.

## Failure Scenarios

### 1. Name of the Failure

**Scenario**: What has happened
**Impact**: Who notices it, and how
**Expected Recovery Time**: 2-5 minutes

#### Detection

\`\`\`bash
# Which pods are not well?
kubectl get pods${flag}

# What has happened lately?
kubectl get events${flag} --sort-by=.lastTimestamp
\`\`\`

#### Recovery Actions

\`\`\`bash
# Replace the pods one by one, without an outage
kubectl rollout restart${flag} deployment/<deployment-name>
\`\`\`

#### Validation

\`\`\`bash
# Have the new pods taken over?
kubectl rollout status${flag} deployment/<deployment-name>
\`\`\`

## Post-Incident Actions

- [ ] Write down what happened, and when
- [ ] Correct this runbook where it was wrong

## Contact Information

- **On-call**: whom to wake, and how
`;
}
