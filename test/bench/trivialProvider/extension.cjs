// The baseline of the lens benchmark: the least that a lens provider for Markdown can do.
const { CodeLens, languages, Range } = require("vscode");

exports.activate = () => {
  languages.registerCodeLensProvider(
    { language: "markdown" },
    {
      provideCodeLenses(document) {
        const lenses = [];
        for (let line = 0; line < document.lineCount; line++) {
          if (document.lineAt(line).text.startsWith("```bash")) {
            lenses.push(new CodeLens(new Range(line, 0, line, 0), { title: "Run", command: "" }));
          }
        }
        return lenses;
      },
    },
  );
};
