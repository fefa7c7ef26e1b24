/** What an element is made with; texts are set as text and never read as HTML. */
export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element of HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  options: ElementOptions,
  ...children: readonly Node[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [attribute, value] of Object.entries(options.attributes ?? {})) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** Makes a button that does something. */
export function button(text: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { text, attributes: { type: "button", "aria-label": label } });
  made.addEventListener("click", onClick);
  return made;
}
