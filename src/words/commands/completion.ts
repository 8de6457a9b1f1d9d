import { bilingual } from '../bilingual.ts';

export const completionWords = bilingual({
  en: {
    shell: 'the shell that is to complete',
    help: `
For this shell only; the package installs it for everyone:
  source <(visitlog completion bash)
  source <(visitlog completion zsh)
  visitlog completion fish | source

Example:
  visitlog completion bash`,
  },
  ko: {
    shell: '자동 완성을 쓸 셸',
    help: `
지금 셸에서만 쓸 때 (패키지를 설치하면 모두에게 적용됨):
  source <(visitlog completion bash)
  source <(visitlog completion zsh)
  visitlog completion fish | source

예:
  visitlog completion bash`,
  },
});
