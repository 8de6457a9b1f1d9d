import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

const examples = `visitlog central adopt --dry-run
  visitlog central adopt giheung --branch`;

/** How the register of a single machine moves into a central one. */
export const adoptWords = bilingual({
  en: {
    help: {
      adopt:
        'move the register of a single machine into the central one: on its machine it offers places and codes and makes old rows ready to go; on a register host, with the name of that gateway, it takes the places over',
      gateway: 'on a register host: the gateway whose places are taken over',
      keep: 'a number that stands for other places here: leave it as it is here',
      replace: 'the same: as it is offered',
      branch: 'the same: both places share the number',
      dryRun: 'only say what would be done',
      after: `
Nothing is decided by itself about a number that stands for different places: each is shown, and nothing is changed until
--keep, --replace or --branch says what becomes of them. Rows are sent by the gateway. A second run changes nothing.

Examples:
  ${examples}`,
    },
    here: 'here',
    central: 'there',
    own: (places: number) => `places of this machine, with those that were removed: ${formatCount(places)}`,
    counts: (added: number, same: number, differences: number) =>
      `new: ${formatCount(added)}; there already: ${formatCount(same)}; other places under the same number: ${formatCount(differences)}`,
    offered: (gateway: string, at: string) => `offered by ${gateway}, ${at}`,
    adopted: (at: string) => `taken over ${at}; nothing is offered since`,
    taken: (places: number) =>
      `${counted(places, 'place')} changed; \`visitlog venue import --undo\` puts them back`,
    would: (places: number) => `${counted(places, 'place')} would change`,
    decide: 'nothing would change before --keep, --replace or --branch decides about them',
    progress: (percent: number) => `sealing old rows anew … ${percent} %`,
    resealed: (rows: number) =>
      `rows of an older form: ${formatCount(rows)} sealed anew, to go as the others do`,
    wouldReseal: (rows: number) =>
      `rows of an older form: ${formatCount(rows)} would be sealed anew, to go as the others do`,
    unreadable: (rows: number) =>
      `rows of an older form that do not open stay here until they expire: ${formatCount(rows)}`,
    noneWait: 'no row waits to go',
    wait: (rows: number, oldest: string) =>
      `${formatCount(rows)} rows wait to go, the oldest of ${oldest}: the gateway sends them (visitlog status)`,
    withoutKeys: (hours: number) =>
      `of ${counted(hours, 'hour')} nothing leaves: no holder has published a key (visitlog explain central.hour-unpublished)`,
    nothingOffered: 'no place is offered: all of them are there',
    isOffered: (isNew: boolean): string =>
      isNew ? 'the places are offered to the register hosts' : 'the places were offered before',
    next: (gateway: string) => `next, on a register host: visitlog central adopt ${gateway}`,
  },
  ko: {
    help: {
      adopt:
        '서버 한 대의 기록부를 중앙 기록부로 옮김. 그 서버에서는 장소와 코드를 보내고 이전 형식의 기록을 보낼 수 있게 하며, 보유 호스트에서는 그 게이트웨이 이름을 붙여 장소를 받아들임',
      gateway: '보유 호스트에서: 장소를 받아들일 게이트웨이',
      keep: '같은 번호가 다른 장소일 때: 여기의 장소를 그대로 둠',
      replace: '같은 때: 보내온 장소로 바꿈',
      branch: '같은 때: 두 장소가 번호를 함께 씀',
      dryRun: '무엇을 할지만 보여 줌',
      after: `
같은 번호가 다른 장소이면 저절로 정하지 않습니다. 하나씩 보여 주고, --keep, --replace, --branch 가운데 하나를 지정할 때까지
아무것도 바꾸지 않습니다. 기록은 게이트웨이가 보냅니다. 다시 실행해도 바뀌지 않습니다.

예:
  ${examples}`,
    },
    here: '여기',
    central: '중앙',
    own: (places) => `이 서버의 장소(등록을 해제한 장소 포함): ${formatCount(places)}곳`,
    counts: (added, same, differences) =>
      `새 장소 ${formatCount(added)}곳, 이미 있는 장소 ${formatCount(same)}곳, 같은 번호의 다른 장소 ${formatCount(differences)}곳`,
    offered: (gateway, at) => `${gateway}에서 ${at}에 보낸 장소`,
    adopted: (at) => `${at}에 받아들였고 그 뒤로 보내온 장소가 없습니다`,
    taken: (places) =>
      `장소 ${formatCount(places)}곳을 바꾸었습니다. \`visitlog venue import --undo\`로 되돌릴 수 있습니다`,
    would: (places) => `장소 ${formatCount(places)}곳이 바뀝니다`,
    decide: '--keep, --replace, --branch 가운데 하나를 지정하기 전에는 아무것도 바뀌지 않습니다',
    progress: (percent) => `이전 형식의 기록을 다시 암호화하는 중 … ${percent} %`,
    resealed: (rows) =>
      `이전 형식의 기록 ${formatCount(rows)}건을 다시 암호화했습니다. 다른 기록처럼 보냅니다`,
    wouldReseal: (rows) => `이전 형식의 기록 ${formatCount(rows)}건을 다시 암호화하여 다른 기록처럼 보냅니다`,
    unreadable: (rows) =>
      `열 수 없는 이전 형식의 기록 ${formatCount(rows)}건은 보관 기간이 끝날 때까지 여기에 남습니다`,
    noneWait: '보낼 기록이 없습니다',
    wait: (rows, oldest) =>
      `보낼 기록 ${formatCount(rows)}건, 가장 오래된 것은 ${oldest}: 게이트웨이가 보냅니다(visitlog status)`,
    withoutKeys: (hours) =>
      `${formatCount(hours)}시간의 기록은 보유 호스트가 공개한 키가 없어 보낼 수 없습니다(visitlog explain central.hour-unpublished)`,
    nothingOffered: '보낼 장소가 없습니다. 모두 중앙 기록부에 있습니다',
    isOffered: (isNew) => (isNew ? '장소를 보유 호스트에 보냈습니다' : '이미 보낸 장소입니다'),
    next: (gateway) => `다음으로 보유 호스트에서: visitlog central adopt ${gateway}`,
  },
});
