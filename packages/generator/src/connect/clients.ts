import type { Client } from './client.js'
import { chatgpt } from './clients/chatgpt.js'
import { claudeAi } from './clients/claude-ai.js'
import { claudeCode } from './clients/claude-code.js'
import { claudeDesktop } from './clients/claude-desktop.js'
import { codex } from './clients/codex.js'
import { cursor } from './clients/cursor.js'
import { geminiCli } from './clients/gemini-cli.js'
import { goose } from './clients/goose.js'
import { inspector } from './clients/inspector.js'
import { libreChat } from './clients/librechat.js'
import { vsCode } from './clients/vs-code.js'
import { zed } from './clients/zed.js'

/** Every client that we can say how to connect, in the order in which they are shown. */
export const CLIENTS: readonly Client[] = [
  claudeCode,
  claudeDesktop,
  claudeAi,
  chatgpt,
  codex,
  vsCode,
  cursor,
  libreChat,
  geminiCli,
  zed,
  goose,
  inspector,
]
