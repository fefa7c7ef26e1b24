export function buildCli(folder: string, minify?: boolean): Promise<void>;
