const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const levels = [...'▁▂▃▄▅▆▇█'];

/** A bar to the right, `width` columns where `value` is `most`; whatever is not 0 can be seen. */
export function bar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0) return '';
  const parts = Math.max(1, Math.round((value / most) * width * 8));
  return '█'.repeat(parts >> 3) + (eighths[parts & 7] ?? '');
}

/** Values as a row of columns, one character each; a blank stands for 0. */
export function columnsOf(values: readonly number[], most: number): string {
  return values.map((value) => level(value, most)).join('');
}

function level(value: number, most: number): string {
  if (value <= 0 || most <= 0) return ' ';
  return levels[Math.min(levels.length, Math.max(1, Math.ceil((value / most) * levels.length))) - 1] ?? ' ';
}
