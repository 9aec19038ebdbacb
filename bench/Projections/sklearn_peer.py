# scikit-learn's t-SNE or PCA on MNIST t10k: prints wall and processor seconds, KL, and writes the places as float32.
#   env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE /usr/bin/python3 sklearn_peer.py MNIST_FOLDER tsne|pca|pca_full SEED OUT
import gzip, os, sys, time
import numpy as np, sklearn
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_info

folder, work, seed, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
x = np.frombuffer(gzip.open(folder + "/t10k-images-idx3-ubyte.gz").read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255
kernels = {f"{i.get('internal_api')} {i.get('architecture', '')}".strip() for i in threadpool_info()}
start, cpu, kl = time.time(), time.process_time(), float("nan")
if work == "tsne":
    tsne = TSNE(init="pca", learning_rate="auto", random_state=seed, n_jobs=-1)
    y = tsne.fit_transform(x)
    kl = tsne.kl_divergence_
else:
    y = PCA(50, svd_solver="full" if work == "pca_full" else "auto", random_state=seed).fit(x).components_
print(f"{work}\t{time.time() - start:.3f}\t{time.process_time() - cpu:.3f}\t{kl:.6f}\tscikit-learn {sklearn.__version__}, {', '.join(sorted(kernels))}")
np.ascontiguousarray(y, np.float32).tofile(out)
