/** An element of a document that was found well formed. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Its own text, entities resolved. */
  readonly text: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 §2.2 forbids them.
const illegal = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/u;
const token = /<\?xml [^?]*\?>\s*|<\/([\w:]+)>|<([\w:]+)((?: [\w:]+="[^"<]*")*)(\/?)>|([^<]+)/y;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a document and throws where it is not well formed: nesting, attributes, entities, characters. */
export function parseXml(xml: string): Element {
  if (illegal.test(xml)) throw new Error('a character that XML cannot hold');
  type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string };
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not well formed at ${at}: ${xml.slice(at, at + 60)}`);
    const [, closed, name, attributes = '', empty, text] = match;
    const inner = open.at(-1) as Open;
    if (text !== undefined) inner.text += resolve(text);
    else if (name !== undefined) {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      inner.children.push(element);
      if (!empty) open.push(element);
    } else if (closed !== undefined) {
      if (open.length === 1 || closed !== inner.name) throw new Error(`</${closed}> closes nothing`);
      open.pop();
    }
  }
  const [document, more] = root.children;
  if (open.length > 1 || document === undefined || more !== undefined || root.text.trim() !== '')
    throw new Error('not one whole element');
  return document;
}

/** The elements of that name below an element, in order. */
export function all(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, resolve(value)] as const,
  );
  const attributes = Object.fromEntries(pairs);
  if (Object.keys(attributes).length !== pairs.length) throw new Error(`an attribute twice: ${text}`);
  return attributes;
}

function resolve(text: string): string {
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const character = entities[name.replace(/;$/, '')];
    if (character === undefined || !name.endsWith(';')) throw new Error(`no entity: ${whole}`);
    return character;
  });
}
