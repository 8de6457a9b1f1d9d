import { bilingual } from '../bilingual.ts';

const example = `echo '{"id":"a1","from":"010-5550-0123","text":"031-324-2114"}' | visitlog ingest --line bridge`;

export const ingestWords = bilingual({
  en: {
    line: 'the line that the texts count for; its port is "ingest:"',
    after: `
Reads a text a line, {"id","from","text","sent_at"} or {"id","pdu"}, and answers
each with a line once it is on disk: {"id","kept"}, or {"id","error"}. What was
not answered may be sent again: a text whose id is known is kept once.

Example:
  ${example}`,
  },
  ko: {
    line: '문자를 받은 것으로 할 회선. port가 "ingest:"인 회선',
    after: `
한 줄에 문자 하나를 읽습니다: {"id","from","text","sent_at"} 또는 {"id","pdu"}.
디스크에 기록한 뒤 한 줄로 응답합니다: {"id","kept"} 또는 {"id","error"}.
응답이 없는 것은 다시 보내도 됩니다. id가 같은 문자는 한 번만 기록합니다.

예:
  ${example}`,
  },
});
