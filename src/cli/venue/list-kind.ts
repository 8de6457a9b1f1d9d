/** What a file is that is neither a text nor a workbook of ours. */
export type OtherKind = 'xls' | 'xlsb' | 'ods' | 'hwp' | 'pdf' | 'html' | 'password' | 'archive' | 'large';

/** What a file of a list is, by its octets: names lie. */
export function listKind(bytes: Uint8Array): 'text' | 'xlsx' | OtherKind {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = octets.toString('hex', 0, 4);
  if (magic === 'd0cf11e0') return compoundKind(octets);
  if (magic === '504b0304') return archiveKind(octets);
  if (magic === '25504446') return 'pdf';
  const beginning = octets.toString('latin1', 0, 1_024).trimStart();
  if (/^(?:\xef\xbb\xbf)?<(?:!doctype html|html|table|meta|head|style)\b/i.test(beginning)) return 'html';
  return 'text';
}

/** Of OLE 2, which names its streams in UTF-16: an old workbook, one with a password, or a document of Hangul. */
function compoundKind(octets: Buffer): OtherKind {
  const names = (name: string) => octets.includes(Buffer.from(name, 'utf16le'));
  if (names('EncryptedPackage')) return 'password';
  return octets.includes('HWP Document File') || names('HwpSummaryInformation') ? 'hwp' : 'xls';
}

/** APPNOTE 4.3.16. */
const endOfDirectory = Buffer.from('504b0506', 'hex');

/** By the names of an archive's files, which stand in it as they are. */
function archiveKind(octets: Buffer): 'xlsx' | OtherKind {
  if (octets.includes('application/vnd.oasis.opendocument')) return 'ods';
  if (octets.includes('application/hwp+zip')) return 'hwp';
  if (octets.includes('xl/workbook.bin')) return 'xlsb';
  // Without its directory it is cut off, and was most likely a workbook.
  const isWhole = octets.includes(endOfDirectory);
  return !isWhole || octets.includes('[Content_Types].xml') ? 'xlsx' : 'archive';
}
