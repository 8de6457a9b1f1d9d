// The macros of a manual page: man(7), for groff and mandoc alike.

/**
 * Text as roff shows it literally. Hyphens become minus signs, so that a copied option works in a shell. An address that is
 * longer than a line may be broken behind a slash or a comma, without a hyphen.
 */
export function literal(text) {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/[~^`]/g, (sign) => ({ '~': '\\(ti', '^': '\\(ha', '`': '\\(ga' })[sign])
    .replace(/^([.'])/gm, '\\&$1')
    .replace(/\S{50,}/g, (word) => word.replace(/[/,](?=\w)/g, '$&\\:'));
}

export const bold = (text) => `\\fB${literal(text)}\\fR`;

const quoted = (text) => `"${literal(text).replace(/"/g, '\\(dq')}"`;

export const title = (name, section, manual) =>
  `.TH ${quoted(name.toUpperCase())} ${section} "" "visitlog" ${quoted(manual)}\n.ad l\n.nh`;

export const section = (heading, ...body) => [`.SH ${quoted(heading)}`, ...body].join('\n');

export const subsection = (heading, ...body) => [`.SS ${quoted(heading)}`, ...body].join('\n');

export const paragraph = (text) => `.PP\n${literal(text)}`;

/** A term and what it means below it. */
export const item = (term, text) => `.TP\n${bold(term)}\n${literal(text) || '\\&'}`;

/** Lines that are not filled. */
export const verbatim = (lines) => `.PP\n.RS 4\n.nf\n${lines.map(literal).join('\n')}\n.fi\n.RE`;
