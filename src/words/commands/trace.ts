import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';
import { koreanDuration } from '../korean-duration.ts';

/** Everything that `trace` says. */
export const traceWords = bilingual({
  en: {
    visitor: 'always -: the numbers of the cases are asked for, or read from standard input, one a line',
    from: 'first visit of the case that counts: 2026-11-23, "2026-11-23 14:00", ISO 8601, or -14d',
    to: 'the same; a date includes its day, a time is exclusive',
    margin:
      'how long before and after a visit of the case others count as met, 0m to 24h; before and after may differ: 10m,2h',
    samePerson: 'the numbers are several phones of one person, who is one case',
    venue: 'only visits of the case to this place; may be repeated',
    summary:
      'only the numbers of visits, places and contacts; nobody is shown. With --format jsonl one JSON object',
    depth:
      '2: also whom the contacts met, from their first meeting with a case to the end of the window, at every place, within the same margin; degree and through say who links to whom',
    near: (contacts: string) =>
      `${contacts} met on a mistyped number only, marked near: compare match and text before you call`,
    reveal: 'show numbers whole',
    reason: 'why the case is looked up; always needed, and recorded with your name',
    case: 'the case number of the investigation',
    unassigned: (ids: readonly number[]) =>
      `${counted(ids.length, 'text')} of the case ${ids.length === 1 ? 'names' : 'name'} no place: ` +
      `\`visitlog unresolved show ${ids[0]}\`${ids.length === 1 ? '' : `, and ${ids.slice(1).join(', ')}`}`,
    asked: (case_: number) => `The number of case ${case_} (an empty line ends): `,
    examples: `
The case's own visits come first, then everyone who was there, with every meeting. case_visit and case_visited_at
say which visit of the case was met; minutes_after is how many minutes after it the other came (-5: before it).
With --depth 2 those who met a contact follow: degree is 2, through the contact's number.
A number on the command line can be seen by other users and stays in the shell's history; - asks for it instead.

Examples:
  visitlog trace --visitor - --from -14d --reason "case interview" --summary
  visitlog trace --visitor - --from -14d --margin 1h --reveal \\
      --reason "contact tracing" --case 2026-118 --output contacts.xlsx
  visitlog trace --visitor - --from -14d --depth 2 --reveal --format numbers \\
      --reason "invitation to a test" --case 2026-118 --output numbers.txt`,
    written: (visits: string, contacts: string, meetings: string, file: string, encrypted: boolean) =>
      `${visits} of the case and ${contacts} with ${meetings} written to ${file}${encrypted ? ', encrypted' : ''}`,
    summaryWritten: (file: string, encrypted: boolean) =>
      `summary written to ${file}${encrypted ? ', encrypted' : ''}`,
    visits: (count: number) => counted(count, 'visit'),
    contacts: (count: number) => counted(count, 'contact'),
    meetings: (count: number) => counted(count, 'meeting'),
    caseLine: (case_: number, visits: string) => `case ${case_}: ${visits}`,
    sumLine: (contacts: string, meetings: string, margin: string) =>
      `${contacts}, ${meetings} within ${margin}`,
    secondLine: (contacts: string, meetings: string) => `second step: ${contacts}, ${meetings} with contacts`,
    margins: (before: string, after: string) =>
      before === after ? `${before} before or after` : `${before} before to ${after} after`,
    withoutVisit: (case_: number) => `case ${case_} has no visit that matches`,
    heads: {
      venue: 'place',
      name: 'name',
      caseVisits: 'visits of the case',
      contacts: 'contacts',
      meetings: 'meetings',
    },
  },
  ko: {
    visitor: '언제나 -. 확진자의 전화번호를 묻거나 표준 입력에서 한 줄에 하나씩 읽음',
    from: '확진자의 방문을 세기 시작할 때: 2026-11-23, "2026-11-23 14:00", ISO 8601, 또는 -14d',
    to: '같은 형식. 날짜는 그날까지 포함하고, 시각은 포함하지 않음(미만)',
    margin:
      '전후 시간(접촉 인정 범위): 확진자의 방문 앞뒤로 접촉으로 보는 시간, 0m~24h. 앞과 뒤가 다르면 10m,2h처럼 지정',
    samePerson: '입력한 번호는 한 사람의 여러 전화이며 확진자 한 명으로 봄',
    venue: '확진자의 방문 가운데 이 장소만. 여러 번 지정할 수 있음',
    summary: '방문, 장소, 접촉자의 수만 표시. 누구의 번호도 보이지 않음. --format jsonl이면 JSON 객체 하나',
    depth:
      '2이면 접촉자의 접촉자까지: 접촉자가 확진자와 처음 접촉한 때부터 기간 끝까지, 모든 장소에서, 같은 전후 시간으로 찾음. degree와 through가 누구를 거쳤는지 보여 줌',
    near: (contacts) =>
      `잘못 입력한 번호로만 확인된 ${contacts}(near로 표시). 연락하기 전에 match와 text를 확인하십시오`,
    reveal: '번호 전체 표시',
    reason: '조회하는 사유. 반드시 입력하며 이름과 함께 기록됨',
    case: '관리번호(사례번호)',
    unassigned: (ids) =>
      `확진자의 문자 ${formatCount(ids.length)}건에 장소가 없습니다: ` +
      `\`visitlog unresolved show ${ids[0]}\`${ids.length === 1 ? '' : `, 그리고 ${ids.slice(1).join(', ')}`}`,
    asked: (case_) => `확진자 ${case_}의 전화번호 (빈 줄로 끝냄): `,
    examples: `
확진자의 방문이 먼저 나오고, 그곳에 있던 사람과 그 접촉이 모두 이어집니다. case_visit와 case_visited_at은 접촉한
확진자의 방문이며, minutes_after는 그보다 몇 분 뒤에 왔는지입니다(-5는 5분 앞). --depth 2이면 접촉자의 접촉자가
이어집니다. degree가 2이고, through는 연결된 접촉자의 번호입니다.
명령줄에 입력한 번호는 다른 사용자에게 보이고 셸 기록에 남습니다. -를 지정하면 대신 묻습니다.

예:
  visitlog trace --visitor - --from -14d --reason "확진자 면담" --summary
  visitlog trace --visitor - --from -14d --margin 1h --reveal \\
      --reason "역학 조사" --case 2026-118 --output contacts.xlsx
  visitlog trace --visitor - --from -14d --depth 2 --reveal --format numbers \\
      --reason "검사 안내 문자" --case 2026-118 --output numbers.txt`,
    written: (visits, contacts, meetings, file, encrypted) =>
      `확진자의 ${visits}, ${contacts}, ${meetings}을 '${file}' 파일에 ${encrypted ? '암호화하여 ' : ''}저장했습니다`,
    summaryWritten: (file, encrypted) =>
      `요약을 '${file}' 파일에 ${encrypted ? '암호화하여 ' : ''}저장했습니다`,
    visits: (count) => `방문 ${formatCount(count)}건`,
    contacts: (count) => `접촉자 ${formatCount(count)}명`,
    meetings: (count) => `접촉 ${formatCount(count)}건`,
    caseLine: (case_, visits) => `확진자 ${case_}: ${visits}`,
    sumLine: (contacts, meetings, margin) => `${contacts}, ${margin} 안의 ${meetings}`,
    secondLine: (contacts, meetings) => `2차: ${contacts}, 접촉자와의 ${meetings}`,
    margins: (before, after) =>
      before === after
        ? `전후 ${koreanDuration(before)}`
        : `앞 ${koreanDuration(before)}, 뒤 ${koreanDuration(after)}`,
    withoutVisit: (case_) => `그 기간에 해당하는 방문이 없는 확진자: ${case_}번째 번호`,
    heads: {
      venue: '장소',
      name: '장소명',
      caseVisits: '확진자 방문',
      contacts: '접촉자',
      meetings: '접촉',
    },
  },
});
