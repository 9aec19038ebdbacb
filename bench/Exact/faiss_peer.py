"""The same searches by FAISS (Debian: python3-faiss, libopenblas0-pthread): run it beside bench/Exact.

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 /usr/bin/python3 bench/Exact/faiss_peer.py
"""
import os
import time

import faiss
import numpy as np

ROWS, DIMENSIONS = 60_000, 784
threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
faiss.omp_set_num_threads(threads)
random = np.random.default_rng(1)
centers = random.standard_normal((300, DIMENSIONS), dtype=np.float32)
data = 0.6 * random.standard_normal((ROWS, DIMENSIONS), dtype=np.float32) + centers[random.integers(0, 300, ROWS)]
index = faiss.IndexFlatL2(DIMENSIONS)
index.add(data)
print(f"faiss {faiss.__version__}, {threads} threads\n| batch | ms | queries/s | GFLOP/s | GB/s |\n|---|---|---|---|---|")
for batch in (1, 8, 32, 160, 1000):
    queries = data[random.integers(0, ROWS, batch)] + 0.5 * random.standard_normal((batch, DIMENSIONS), dtype=np.float32)
    best = 1e9
    for _ in range(5):
        start = time.perf_counter()
        index.search(queries, 10)
        best = min(best, time.perf_counter() - start)
    flops, read = 2 * batch * ROWS * DIMENSIONS / best / 1e9, 4 * ROWS * DIMENSIONS / best / 1e9
    print(f"| {batch} | {best * 1e3:.2f} | {batch / best:,.0f} | {flops:.1f} | {read:.1f} |")
