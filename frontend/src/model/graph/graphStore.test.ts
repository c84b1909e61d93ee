import { expect, it } from 'vitest'
import { bookinfoMesh } from './bookinfoMesh'
import { generatedMesh, nextFrame, seeded } from './generatedMesh'
import { GraphStore } from './graphStore'

it('holds the same after deltas as after the snapshot they lead to', () => {
  const random = seeded(3)
  let graph = generatedMesh(60, 3)
  const store = new GraphStore()
  store.applySnapshot(graph)
  for (let i = 0; i < 3; i++) {
    const next = nextFrame(graph, random)
    expect(store.applyDelta(next.delta)).toBe(true)
    graph = next.graph
  }
  const fresh = new GraphStore()
  fresh.applySnapshot(graph)
  expect(store.edgeColumns).toEqual(fresh.edgeColumns)
  expect(store.nodeColumns).toEqual(fresh.nodeColumns)
  expect(store.nodes).toEqual(fresh.nodes)
})

it('counts a new shape only when something came, went or looks different', () => {
  const graph = bookinfoMesh()
  const store = new GraphStore()
  store.applySnapshot(graph)
  const { revision } = store
  store.applySnapshot({ ...graph, seq: 2 })
  expect(store.revision).toBe(revision)
  const [first] = graph.nodes
  if (!first) throw new Error('the mesh is empty')
  const delta = nextFrame({ ...graph, seq: 2 }, seeded(1)).delta
  store.applyDelta({
    ...delta,
    changed: { nodes: [{ ...first, config: ['faultInjection'] }], edges: [], boxes: [] },
  })
  expect(store.revision).toBe(revision + 1)
})

it('refuses a delta for another graph and keeps what it has', () => {
  const graph = bookinfoMesh()
  const store = new GraphStore()
  store.applySnapshot(graph)
  const { delta } = nextFrame({ ...graph, seq: 40 }, seeded(1))
  expect(store.applyDelta(delta)).toBe(false)
  expect(store.facts?.seq).toBe(1)
})

it('forgets removed rows', () => {
  const graph = bookinfoMesh()
  const store = new GraphStore()
  store.applySnapshot(graph)
  const gone = graph.nodes[0]?.id ?? ''
  const { delta } = nextFrame(graph, seeded(1))
  const empty = { nodes: [], edges: [], boxes: [] }
  store.applyDelta({ ...delta, removed: { ...empty, nodes: [gone] }, changed: empty })
  expect(store.indexOfNode(gone)).toBe(-1)
  expect(store.nodeColumns.incoming.length).toBe(graph.nodes.length - 1)
})
