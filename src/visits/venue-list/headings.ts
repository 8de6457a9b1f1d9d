/** The columns of a list that an import uses. */
export type ColumnRole = 'number' | 'name' | 'address';

/** Column of each role, from 0. */
export type ColumnMap = { readonly number: number } & Partial<Readonly<Record<ColumnRole, number>>>;

/** The words of a text that is broken into lines for reading. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Headings as Korean offices and their programs write them, the surest first: if several headings of a list fit, the
 * earlier one in this table counts. Without spaces, brackets and marks, in lower case.
 */
const headings: Readonly<Record<ColumnRole, readonly string[]>> = {
  number: words(`
    전화번호 대표전화번호 대표전화 대표번호 업소전화번호 업소전화 사업장전화번호 소재지전화번호
    소재지전화 시설전화번호 시설전화 매장전화번호 영업소전화번호 유선전화번호 유선전화 일반전화 전화
    시설번호 장소번호 연락처 연락처전화 phonenumber telephonenumber telephone phone telno tel phoneno
    contact number 발급코드 고유번호 고유전화번호 code 휴대전화번호 휴대전화 휴대폰번호 휴대폰 핸드폰
    mobile 번호
  `),
  name: words(`
    상호명 상호 업소명 업체명 사업장명 사업장상호 장소명 시설명 기관명 점포명 매장명 가게명 영업소명
    가맹점명 지점명 장소 명칭 이름 venuename venue storename shopname companyname businessname placename
    name place store title
  `),
  address: words(`
    도로명주소 도로명전체주소 소재지도로명주소 소재지도로명 소재지주소 소재지전체주소 사업장주소
    사업장소재지 영업소주소 영업소소재지 업소소재지 업소주소 시설주소 주소 전체주소 소재지 위치 지번주소
    소재지지번주소 지번 streetaddress roadaddress address addr location venueaddress
  `),
};

const roles = Object.keys(headings) as ColumnRole[];

const bare = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([{<].*?[)\]}>]/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The columns that the headings name; the number may be missing. */
export function recognizeColumns(cells: readonly string[]): Partial<Record<ColumnRole, number>> {
  const written = cells.map(bare);
  const found: Partial<Record<ColumnRole, number>> = {};
  for (const role of roles) {
    const heading = headings[role].find((known) => written.includes(known));
    if (heading !== undefined) found[role] = written.indexOf(heading);
  }
  return found;
}

/**
 * The columns that `number=2,name=1,address=소재지` names, by their place from 1 or by their heading; null if it is
 * not of that form, or names a missing column or no number.
 */
export function parseColumns(option: string, cells: readonly string[]): ColumnMap | null {
  const found: Partial<Record<ColumnRole, number>> = {};
  for (const entry of option.split(',')) {
    const [role = '', column = ''] = entry.split('=').map((part) => part.trim());
    const at = columnAt(column, cells);
    if (!roles.includes(role as ColumnRole) || at === null) return null;
    found[role as ColumnRole] = at;
  }
  return found.number === undefined ? null : { ...found, number: found.number };
}

export function columnAt(column: string, cells: readonly string[]): number | null {
  if (/^\d{1,3}$/.test(column)) {
    const at = Number(column) - 1;
    return at >= 0 && at < cells.length ? at : null;
  }
  const at = column === '' ? -1 : cells.findIndex((cell) => bare(cell) === bare(column));
  return at < 0 ? null : at;
}
