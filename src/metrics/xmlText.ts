/** What XML does not allow, what is no character at all, and what hides or turns text around. */
const unfit = /[^\P{C}\n\t]|[\ufffe\uffff]/gu;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text that anybody may have written, as the content or attribute of an XML element: what cannot stand in XML is `�`. */
export function xmlText(text: string): string {
  return text.replaceAll(unfit, "\ufffd").replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
