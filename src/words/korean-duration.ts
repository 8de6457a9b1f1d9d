const units: Readonly<Record<string, string>> = { ms: '밀리초', s: '초', m: '분', h: '시간', d: '일' };

/** `28일` of `28d`. */
export function koreanDuration(duration: string): string {
  return duration.replace(/(\d+)(ms|[smhd])/g, (_, count: string, unit: string) => count + units[unit]);
}
