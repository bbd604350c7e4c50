import { Node } from '../load/ts-morph.js'

/** Whether this is evaluated when the file is loaded, as opposed to when a function of it is called. */
export function runsAtOnce(node: Node): boolean {
  return !node
    .getAncestors()
    .some(
      (above) =>
        Node.isFunctionLikeDeclaration(above) ||
        Node.isArrowFunction(above) ||
        Node.isFunctionExpression(above) ||
        (Node.isPropertyDeclaration(above) && !above.isStatic()),
    )
}
