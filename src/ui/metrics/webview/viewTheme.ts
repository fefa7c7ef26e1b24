import { type ChartTheme, darkTheme, lightTheme } from "../../../metrics/chartTheme.ts";

const lines = ["blue", "orange", "green", "purple", "red", "yellow"].map((name) => `--vscode-charts-${name}`);

/** The colours of VS Code's theme as it is now. */
export function viewTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const { classList } = document.body;
  const isLight = classList.contains("vscode-light") || classList.contains("vscode-high-contrast-light");
  const otherwise = isLight ? lightTheme : darkTheme;
  const colour = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  // Borders of a high contrast are as bright as its lines.
  const isFaint = !/vscode-high-contrast/.test(document.body.className);
  return {
    background: colour("--vscode-editor-background", otherwise.background),
    text: colour("--vscode-foreground", otherwise.text),
    grid: isFaint ? colour("--vscode-panel-border", otherwise.grid) : otherwise.grid,
    mark: colour("--vscode-descriptionForeground", otherwise.mark),
    lines: otherwise.lines.map((fallback, index) => colour(lines[index] ?? "", fallback)),
  };
}

/** Calls when VS Code's theme has changed. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributeFilter: ["style", "class"] });
}
