import { ToolError } from './tool-error.js'

/**
 * A failure of a prompt that the caller should read, such as an argument that
 * names nothing: its message is sent to the client as the error of the request.
 * Every other error that `run` throws is logged, and the client learns only that
 * the prompt failed.
 */
export class PromptError extends ToolError {
  override readonly name: string = 'PromptError'
}
