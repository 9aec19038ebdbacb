// MB/s of the peers that npm has, beside SHA-256 over the same bytes: the Rust library tokenizers and tiktoken (WebAssembly).
//   dotnet run -c Release --project bench/Tokenizers -- ASSETS REPOSITORY --write FOLDER
//   npm install tokenizers tiktoken    (outside this repository)
//   node peers.mjs FOLDER ASSETS
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { Tokenizer } = require('tokenizers');
const { get_encoding } = require('tiktoken');
const [folder, assets] = process.argv.slice(2);

const median = values => values.sort((a, b) => a - b)[values.length >> 1];

async function seconds(work) {
  await work();
  const times = [];
  for (let i = 0; i < 3; i++) {
    const start = process.hrtime.bigint();
    await work();
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return median(times);
}

// Lists of 256: one call from JavaScript for each text would measure the crossing, not the library.
const rust = file => {
  const tokenizer = Tokenizer.fromFile(`${assets}/${file}`);
  return async texts => {
    for (let i = 0; i < texts.length; i += 256) await tokenizer.encodeBatch(texts.slice(i, i + 256), null, { addSpecialTokens: false });
  };
};
const openai = name => {
  const encoding = get_encoding(name);
  return async texts => { for (const text of texts) encoding.encode_ordinary(text); };
};
const peers = {
  'BERT uncased: tokenizers': () => rust('models/all-MiniLM-L6-v2/tokenizer.json'),
  'CLIP: tokenizers': () => rust('golden/tokenizers/clip/tokenizer.json'),
  'Llama 2: tokenizers': () => rust('golden/tokenizers/llama2-fast-legacy/tokenizer.json'),
  'GPT-2: tiktoken': () => openai('gpt2'),
  'cl100k_base: tiktoken': () => openai('cl100k_base'),
  'o200k_base: tiktoken': () => openai('o200k_base'),
};

console.log('| text | peer | MB/s | sha256 MB/s | ratio |\n|---|---|---|---|---|');
for (const name of ['English', 'Chinese', 'code']) {
  const texts = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  const bytes = texts.map(text => Buffer.from(text));
  const size = bytes.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const whole = Buffer.concat(bytes);
  const hash = size / await seconds(async () => createHash('sha256').update(whole).digest());
  for (const [peer, make] of Object.entries(peers)) {
    const work = make();
    const rate = size / await seconds(() => work(texts));
    console.log(`| ${name} | ${peer} | ${rate.toFixed(2)} | ${hash.toFixed(0)} | ${(rate / hash).toFixed(4)} |`);
  }
}
