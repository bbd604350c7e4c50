/**
 * A failure that the model should read and act on: its message is sent to the
 * client as a tool result with `isError: true`. Every other error that a handler
 * throws is logged, and the client learns only that the tool failed.
 */
export class ToolError extends Error {
  override readonly name: string = 'ToolError'
  /** How the runtime knows it, whichever copy of this package it came from. */
  readonly 'mcp-secure.tool-error': true = true
}
