/** The colours of a chart, as CSS has them. */
export interface ChartTheme {
  readonly background: string;
  readonly text: string;
  readonly grid: string;
  readonly mark: string;
  /** Of the lines, which take them in turn. */
  readonly lines: readonly string[];
}

/** Lines are told apart without colours too: SVG's dash patterns, which they take in turn. As many as share no factor with the colours. */
export const dashes = ["", "8 4", "2 3", "10 3 2 3", "16 4"] as const;

/** On white paper; every line has a contrast of 3 to 1 or more. */
export const lightTheme: ChartTheme = {
  background: "#ffffff",
  text: "#1f2328",
  grid: "#d8dee4",
  mark: "#6e7781",
  lines: ["#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#4d5d00"],
};

/** On a dark screen. */
export const darkTheme: ChartTheme = {
  background: "#1f1f1f",
  text: "#e6edf3",
  grid: "#3d444d",
  mark: "#9198a1",
  lines: ["#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#f778ba", "#d3c04a"],
};

/** The class of a line, by which the style sheet of the theme colours it. */
export function lineClass(index: number): string {
  return `line${index % lightTheme.lines.length}`;
}

/** The style sheet of a chart's picture; without a theme light or dark, as whoever shows it has it. */
export function themeStyle(theme: ChartTheme | null): string {
  if (theme) return rules(theme);
  return `${rules(lightTheme)}@media (prefers-color-scheme: dark){${rules(darkTheme)}}`;
}

function rules({ background, text, grid, mark, lines }: ChartTheme): string {
  return [
    `.back{fill:${background}}`,
    `text{fill:${text}}`,
    `.grid{stroke:${grid}}`,
    `.mark{stroke:${mark}}`,
    ...lines.map((colour, index) => `.line${index}{stroke:${colour}}`),
  ].join("");
}
