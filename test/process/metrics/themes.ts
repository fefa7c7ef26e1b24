/** Themes of VS Code. */
export type Theme = "light" | "dark" | "high contrast";

type Colours = Readonly<Record<string, string>>;

const shared: Colours = {
  "font-family": "system-ui, sans-serif",
  "font-size": "13px",
  "editor-font-family": "monospace",
};

const light: Colours = {
  foreground: "#3b3b3b",
  descriptionForeground: "#3b3b3bcc",
  "editor-background": "#ffffff",
  "panel-border": "#e5e5e5",
  focusBorder: "#005fb8",
  "button-foreground": "#ffffff",
  "button-background": "#005fb8",
  "button-secondaryForeground": "#3b3b3b",
  "button-secondaryBackground": "#e5e5e5",
  "button-secondaryHoverBackground": "#cccccc",
  "dropdown-foreground": "#3b3b3b",
  "dropdown-background": "#ffffff",
  "dropdown-border": "#cecece",
  "input-foreground": "#3b3b3b",
  "input-background": "#ffffff",
  "input-border": "#cecece",
  "inputValidation-errorBackground": "#f2dede",
  "inputValidation-errorBorder": "#be1100",
  errorForeground: "#f85149",
  "editorHoverWidget-foreground": "#3b3b3b",
  "editorHoverWidget-background": "#f8f8f8",
  "editorHoverWidget-border": "#c8c8c8",
  "charts-blue": "#1a85ff",
  "charts-orange": "#d18616",
  "charts-green": "#388a34",
  "charts-purple": "#652d90",
  "charts-red": "#e51400",
  "charts-yellow": "#bf8803",
};

const dark: Colours = {
  foreground: "#cccccc",
  descriptionForeground: "#9d9d9d",
  "editor-background": "#1f1f1f",
  "panel-border": "#2b2b2b",
  focusBorder: "#0078d4",
  "button-foreground": "#ffffff",
  "button-background": "#0078d4",
  "button-secondaryForeground": "#cccccc",
  "button-secondaryBackground": "#313131",
  "button-secondaryHoverBackground": "#3c3c3c",
  "dropdown-foreground": "#cccccc",
  "dropdown-background": "#313131",
  "dropdown-border": "#3c3c3c",
  "input-foreground": "#cccccc",
  "input-background": "#313131",
  "input-border": "#3c3c3c",
  "inputValidation-errorBackground": "#5a1d1d",
  "inputValidation-errorBorder": "#be1100",
  errorForeground: "#f85149",
  "editorHoverWidget-foreground": "#cccccc",
  "editorHoverWidget-background": "#202020",
  "editorHoverWidget-border": "#454545",
  "charts-blue": "#3794ff",
  "charts-orange": "#d18616",
  "charts-green": "#89d185",
  "charts-purple": "#b180d7",
  "charts-red": "#f14c4c",
  "charts-yellow": "#cca700",
};

const highContrast: Colours = {
  foreground: "#ffffff",
  descriptionForeground: "#ffffffb3",
  "editor-background": "#000000",
  "panel-border": "#6fc3df",
  contrastBorder: "#6fc3df",
  focusBorder: "#f38518",
  "button-foreground": "#ffffff",
  "button-background": "#000000",
  "button-border": "#6fc3df",
  "button-secondaryForeground": "#ffffff",
  "button-secondaryBackground": "#000000",
  "button-secondaryHoverBackground": "#000000",
  "dropdown-foreground": "#ffffff",
  "dropdown-background": "#000000",
  "dropdown-border": "#6fc3df",
  "input-foreground": "#ffffff",
  "input-background": "#000000",
  "input-border": "#6fc3df",
  "inputValidation-errorBackground": "#000000",
  "inputValidation-errorBorder": "#be1100",
  errorForeground: "#f48771",
  "editorHoverWidget-foreground": "#ffffff",
  "editorHoverWidget-background": "#000000",
  "editorHoverWidget-border": "#6fc3df",
  "charts-blue": "#59a4f9",
  "charts-orange": "#d18616",
  "charts-green": "#89d185",
  "charts-purple": "#b180d7",
  "charts-red": "#f14c4c",
  "charts-yellow": "#cca700",
};

/** What VS Code gives to a web view in one of its themes: the class of its body, and its colours as variables. */
export function themeColours(theme: Theme): { kind: string; colours: Colours } {
  switch (theme) {
    case "light":
      return { kind: "vscode-light", colours: { ...shared, ...light } };
    case "dark":
      return { kind: "vscode-dark", colours: { ...shared, ...dark } };
    case "high contrast":
      return { kind: "vscode-high-contrast", colours: { ...shared, ...highContrast } };
  }
}
