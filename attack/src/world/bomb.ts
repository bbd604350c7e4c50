import { gzipSync } from 'node:zlib'

/** Some kilobytes that are 64 megabytes when somebody unpacks them all. */
export const BOMB: Buffer = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20))
