/**
 * A client, or a family of clients that read schemas the same way:
 *
 * - `claude`: claude.ai, Claude Desktop, Claude Code
 * - `chatgpt`: ChatGPT, and whoever hands tools to OpenAI's API
 * - `codex`: Codex CLI and its extensions
 * - `cursor`: Cursor
 * - `gemini`: Gemini CLI
 * - `vscode`: GitHub Copilot in VS Code and on the command line
 * - `sdk`: programs on an official SDK, which compile schemas with a validator
 */
export type ClientName = 'claude' | 'chatgpt' | 'codex' | 'cursor' | 'gemini' | 'vscode' | 'sdk'
