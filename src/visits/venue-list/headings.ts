/**
 * The columns of a list that an import uses: `lot` is a second address, for a place without the first; `state` says
 * whether the place is still in business.
 */
export const columnRoles = ['number', 'name', 'address', 'lot', 'state'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Column of each role, from 0. */
export type ColumnMap = { readonly number: number } & Partial<Readonly<Record<ColumnRole, number>>>;

/** The words of a text that is broken into lines for reading. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** A person's phone: beside an owner's name it may be the owner's own. */
const mobileHeadings = words(
  '휴대전화번호 휴대전화 휴대폰번호 휴대폰 핸드폰 핸드폰번호 mobile mobilephone mobileno',
);

/**
 * Headings as Korean offices and their programs write them, and the field codes of the portals for open data, the surest
 * first: if several headings of a list fit, the earlier one in this table counts. Without spaces, brackets and marks, in
 * lower case.
 */
const headings: Readonly<Record<ColumnRole, readonly string[]>> = {
  number: words(`
    전화번호 대표전화번호 대표전화 대표번호 업소전화번호 업소전화 사업장전화번호 소재지전화번호
    소재지전화 시설전화번호 시설전화 매장전화번호 영업소전화번호 유선전화번호 유선전화 일반전화 전화
    시설번호 장소번호 연락처 연락처전화 sitetel locplcfaclttelno phonenumber telephonenumber telephone phone
    telno tel phoneno contact number 발급코드 고유번호 고유전화번호 code ${mobileHeadings.join(' ')} 번호
  `),
  name: words(`
    상호명 상호 업소명 업체명 사업장명 사업장상호 장소명 시설명 기관명 점포명 매장명 가게명 영업소명
    가맹점명 지점명 bplcnm bizplcnm fcltynm fcltnm 장소 명칭 이름 venuename venue storename shopname companyname
    businessname placename name place store title
  `),
  address: words(`
    도로명주소 도로명전체주소 소재지도로명주소 소재지도로명 rdnwhladdr roadnmaddr roadnmwholaddr refineroadnmaddr
    소재지주소 사업장주소 사업장소재지 영업소주소 영업소소재지 업소소재지 업소주소 시설주소 주소 전체주소
    소재지 위치 streetaddress roadaddress address addr location venueaddress
  `),
  lot: words(`
    지번주소 지번전체주소 소재지지번주소 소재지전체주소 소재지지번 sitewhladdr lotnoaddr lctnwholaddr
    refinelotnoaddr 지번 lot lotaddress
  `),
  state: words(`
    영업상태명 salssttsnm trdstatenm bsnstatenm 영업상태 운영상태 영업상태구분명 상세영업상태명 dtlsalssttsnm
    dtlstatenm 영업상태구분코드 영업상태코드 salssttscd trdstategbn state status
  `),
};

/** Whose name makes a mobile number beside it a person's. */
const ownerHeadings = words(`
  대표자 대표자명 대표자성명 대표 성명 성함 사업주 사업주명 업주 업주명 영업자 영업자명 신고인 소유자 소유자명
  점주 점주명 담당자 담당자명 관리자 관리자명 rprsntvnm rprsnm ownernm owner ownername representative ceo
`);

const bare = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([{<].*?[)\]}>]/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The columns that the headings name; the number may be missing. A lone lot address is the address. */
export function recognizeColumns(cells: readonly string[]): Partial<Record<ColumnRole, number>> {
  const written = cells.map(bare);
  const found: Partial<Record<ColumnRole, number>> = {};
  for (const role of columnRoles) {
    const heading = headings[role].find((known) => written.includes(known));
    if (heading !== undefined) found[role] = written.indexOf(heading);
  }
  const { lot, ...others } = found;
  return lot === undefined || found.address !== undefined ? found : { ...others, address: lot };
}

/** Whether a mobile number in the column of that heading may be a person's: the list names people beside its places. */
export function namesPeople(cells: readonly string[], number: number): boolean {
  const written = cells.map(bare);
  return mobileHeadings.includes(written[number] ?? '') || ownerHeadings.some((one) => written.includes(one));
}

/** What `--columns` says of each role: a column from 0, or null for none. */
export type GivenColumns = Partial<Readonly<Record<ColumnRole, number | null>>>;

/**
 * The columns that `number=2,name=1,address=소재지,state=-` names, by their place from 1, by their heading, or `-` for none;
 * null if it is not of that form, or names a missing column.
 */
export function parseColumns(option: string, cells: readonly string[]): GivenColumns | null {
  const found: Partial<Record<ColumnRole, number | null>> = {};
  for (const entry of option.split(',')) {
    const [role = '', column = ''] = entry.split('=').map((part) => part.trim());
    const at = column === '-' && role !== 'number' ? null : columnAt(column, cells);
    if (!columnRoles.some((known) => known === role) || (at === null && column !== '-')) return null;
    if (at === null && role === 'number') return null;
    found[role as ColumnRole] = at;
  }
  return found;
}

export function columnAt(column: string, cells: readonly string[]): number | null {
  if (/^\d{1,3}$/.test(column)) {
    const at = Number(column) - 1;
    return at >= 0 && at < cells.length ? at : null;
  }
  const heading = bare(column);
  const at = heading === '' ? -1 : cells.findIndex((cell) => bare(cell) === heading);
  return at < 0 ? null : at;
}
