import type * as TsMorph from 'ts-morph'
import { commonJs } from '../commonjs.js'

// What of it is used while the program runs; types alone are imported from itself.
const tsMorph = commonJs('ts-morph') as typeof TsMorph

export type Node = TsMorph.Node
export const Node: typeof TsMorph.Node = tsMorph.Node

export type Project = TsMorph.Project
export const Project: typeof TsMorph.Project = tsMorph.Project

export const VariableDeclarationKind: typeof TsMorph.VariableDeclarationKind = tsMorph.VariableDeclarationKind

/** The compiler that ts-morph carries. */
export const typescript: typeof TsMorph.ts = tsMorph.ts
