import { entry, type FactsIn } from './entry.ts';

/** Why the places of a gateway are not taken over. */
export const centralAdoptFaults = {
  /** The same number stands for different places; nothing was decided. */
  'central.places-differ': entry<{ gateway: string; places: number }>({
    exit: 'refused',
    en: ({ gateway, places }) => [
      `${places} of the numbers that ${gateway} offers stand for other places here`,
      'Nothing was changed. Look at them with --dry-run, and decide: --keep, --replace or --branch.',
    ],
    ko: ({ gateway, places }) => [
      `${gateway}의 번호 ${places}개가 여기서는 다른 장소의 번호입니다`,
      '아무것도 바꾸지 않았습니다. --dry-run으로 확인한 뒤 --keep, --replace, --branch 가운데 하나를 지정하십시오.',
    ],
  }),
  'central.no-offer': entry<{ gateway: string; offering: string }>({
    exit: 'nothing',
    en: ({ gateway, offering }) => [
      `no places are offered by ${gateway}`,
      offering === ''
        ? 'Run `visitlog central adopt` on its machine first.'
        : `Offered are those of: ${offering}.`,
    ],
    ko: ({ gateway, offering }) => [
      `${gateway}에서 보낸 장소가 없습니다`,
      offering === ''
        ? '먼저 그 서버에서 `visitlog central adopt`를 실행하십시오.'
        : `장소를 보낸 게이트웨이: ${offering}.`,
    ],
  }),
  'central.offer-damaged': entry<{ gateway: string }>({
    exit: 'failed',
    en: ({ gateway }) => [
      `what ${gateway} offers is not a list of places`,
      'Nothing was changed. Run `visitlog central adopt` on its machine again; if that has not helped, find out who uses its login.',
    ],
    ko: ({ gateway }) => [
      `${gateway}에서 보낸 것이 장소 목록이 아닙니다`,
      '아무것도 바꾸지 않았습니다. 그 서버에서 `visitlog central adopt`를 다시 실행하고, 그래도 같으면 그 로그인을 누가 쓰는지 확인하십시오.',
    ],
  }),
  'central.adopt-what': entry({
    exit: 'usage',
    en: () => [
      'central adopt takes a gateway and one of --keep, --replace and --branch on a register host, and neither on a site',
      'On the machine whose register moves in give it alone; on a register host name that gateway.',
    ],
    ko: () => [
      'central adopt는 보유 호스트에서는 게이트웨이 이름과 --keep, --replace, --branch 가운데 하나를, 현장에서는 아무것도 받지 않습니다',
      '기록부를 옮기려는 서버에서는 옵션 없이, 보유 호스트에서는 그 게이트웨이의 이름을 붙여 실행하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof centralAdoptFaults> {}
}
