// Chroma and LanceDB on the vectors of Program.cs, the same batches, filters and queries.
//   npm i chromadb@3.5.0 @lancedb/lancedb@0.39.0 apache-arrow
//   npx chroma run --host 127.0.0.1 --port 28000 --path FOLDER
//   node peers.mjs FILE LANCE_FOLDER COUNT
import fs from 'node:fs';
import * as lancedb from '@lancedb/lancedb';
import { ChromaClient } from 'chromadb';

const [file, folder, countText] = process.argv.slice(2);
const count = Number(countText), dimensions = 384, batch = 1000, searches = 200;
const fd = fs.openSync(file, 'r');
const vector = i => {
  const bytes = Buffer.alloc(4 * dimensions);
  fs.readSync(fd, bytes, 0, bytes.length, i * bytes.length);
  return Array.from(new Float32Array(bytes.buffer, bytes.byteOffset, dimensions));
};
const entry = i => ({ id: i, percent: (i * 7) % 100, text: `Entry number ${i} of the measurement, with a text of a usual length.`, vector: vector(i) });
const median = times => times.sort((a, b) => a - b)[times.length >> 1];
const limits = [['all', 100], ['50 %', 50], ['10 %', 10], ['1 %', 1]];

async function measure(name, add, search) {
  let seconds = 0;
  for (let first = 0; first < count; first += batch) {
    const entries = Array.from({ length: Math.min(batch, count - first) }, (_, i) => entry(first + i));
    const start = performance.now();
    await add(entries);
    seconds += (performance.now() - start) / 1000;
  }
  console.log(`${name} ingest: ${Math.round(count / seconds)} records a second`);
  for (const [label, limit] of limits) {
    const times = [];
    for (let i = 0; i < searches; i++) {
      const query = vector(i);
      const start = performance.now();
      await search(query, limit === 100 ? null : limit - 1e-9 * i);
      times.push(performance.now() - start);
    }
    console.log(`${name} search, ${label}: ${median(times).toFixed(2)} ms`);
  }
}

const db = await lancedb.connect(folder);
let table;
await measure('lancedb', async entries => { table = table ? (await table.add(entries), table) : await db.createTable('entries', entries, { mode: 'overwrite' }); },
  async (query, most) => {
    let search = table.query().nearestTo(query).distanceType('cosine').limit(10);
    if (most !== null) search = search.where(`percent < ${most}`);
    await search.toArray();
  });

const chroma = new ChromaClient({ host: '127.0.0.1', port: 28000 });
await chroma.deleteCollection({ name: 'entries' }).catch(() => {});
const collection = await chroma.createCollection({ name: 'entries', embeddingFunction: null, configuration: { hnsw: { space: 'cosine' } } });
await measure('chroma', entries => collection.upsert({
  ids: entries.map(e => `${e.id}`), embeddings: entries.map(e => e.vector), documents: entries.map(e => e.text), metadatas: entries.map(e => ({ percent: e.percent })),
}), (query, most) => collection.query({ queryEmbeddings: [query], nResults: 10, ...(most === null ? {} : { where: { percent: { $lt: most } } }) }));
