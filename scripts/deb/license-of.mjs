/** The license that a package.json names: old ones have an object, or a list of them. Undefined if it names none. */
export function licenseOf({ license, licenses }) {
  const named = [license ?? licenses ?? []].flat().map((each) => each.type ?? each);
  return named.length === 0 ? undefined : named.join(' OR ').replaceAll(/[()]/g, '');
}
