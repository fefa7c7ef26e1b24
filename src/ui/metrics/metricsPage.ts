/** Where the page's own files are, as URIs that a web view can load. */
export interface MetricsPageParts {
  readonly script: string;
  readonly style: string;
  /** The source of a content security policy that holds the style: `https://*.vscode-cdn.net`. */
  readonly styleSource: string;
  /** Unguessable, of letters and digits, made for this page alone. */
  readonly nonce: string;
}

/**
 * The HTML of the Metrics view: an empty page that runs its own script and nothing else. Images are pictures that the script
 * makes itself.
 */
export function metricsPage({ script, style, styleSource, nonce }: MetricsPageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${styleSource}`,
    "img-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Metrics</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
