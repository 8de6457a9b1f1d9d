const blocks = '▁▂▃▄▅▆▇█';
/** For terminals that have no blocks, as on a serial console. */
const ascii = '.:-=+*%#';

/** A row of bars, one for each value, as high as the largest allows; a space for nothing. */
export function sparkline(values: readonly number[], isAscii: boolean): string {
  const bars = isAscii ? ascii : blocks;
  const most = Math.max(...values, 1);
  return values
    .map((value) => (value <= 0 ? ' ' : (bars[Math.ceil((value / most) * bars.length) - 1] ?? ' ')))
    .join('');
}
