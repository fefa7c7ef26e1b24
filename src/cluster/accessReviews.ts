import type { AccessRequest } from "../plan/access.ts";
import type { ApiClient } from "./apiClient.ts";

/** A role can change at any time; for this long an answer is taken for still true, in ms. */
const keepMs = 30_000;
const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

interface Review {
  readonly status?: { readonly allowed?: boolean };
}

/** Asks the API what the user may do, and remembers the answers for a short time. */
export class AccessReviews {
  readonly #client: ApiClient;
  readonly #answers = new Map<string, { readonly at: number; readonly allowed: Promise<boolean> }>();

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /** Those of the requests that are not allowed. */
  async refused(requests: readonly AccessRequest[], signal: AbortSignal): Promise<AccessRequest[]> {
    const allowed = await Promise.all(requests.map((request) => this.#allowed(request, signal)));
    return requests.filter((_, index) => !allowed[index]);
  }

  #allowed(request: AccessRequest, signal: AbortSignal): Promise<boolean> {
    const key = JSON.stringify(request);
    const known = this.#answers.get(key);
    if (known && performance.now() - known.at < keepMs) return known.allowed;
    const allowed = this.#ask(request, signal);
    this.#answers.set(key, { at: performance.now(), allowed });
    // A question that failed was not answered: the next one asks again.
    allowed.catch(() => this.#answers.delete(key));
    return allowed;
  }

  async #ask(request: AccessRequest, signal: AbortSignal): Promise<boolean> {
    const review = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: request },
    };
    const answer = (await this.#client.post(path, review, signal)) as Review;
    return answer.status?.allowed ?? false;
  }
}
