import type { RawRequest } from '../http/request.js'

/** The only revision with batches. */
export const BATCHING: NonNullable<RawRequest['headers']> = { 'mcp-protocol-version': '2025-03-26' }
