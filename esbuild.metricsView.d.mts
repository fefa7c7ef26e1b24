export function buildMetricsView(folder: string, minify?: boolean): Promise<void>;
