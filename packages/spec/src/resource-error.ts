import { ToolError } from './tool-error.js'

/**
 * A failure of a resource that the caller should read: its message is sent to
 * the client as the error of the request. Every other error that `read` throws
 * is logged, and the client learns only that the resource could not be read.
 */
export class ResourceError extends ToolError {
  override readonly name: string = 'ResourceError'
}
