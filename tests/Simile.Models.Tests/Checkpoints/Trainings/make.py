# Makes the files of this folder; they were made with torch 1.13.0, numpy 1.24.2 and Python 3.11.
import argparse, collections, datetime, decimal, os, pathlib, types, uuid
import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(5)
network = torch.nn.Sequential(collections.OrderedDict(conv=torch.nn.Conv2d(2, 3, 2), norm=torch.nn.BatchNorm2d(3), inner=torch.nn.Sequential(torch.nn.Linear(2, 2))))
optimizer = torch.optim.Adam(network.parameters())
(network.conv(torch.ones(1, 2, 3, 3)).sum() + network.inner(torch.ones(1, 2)).sum() + network.norm(torch.ones(2, 3, 1, 1)).sum()).backward()
optimizer.step()
base = torch.arange(12.0).reshape(3, 4)

extras = dict(
    epoch=3, best=None, huge=1 << 70, ellipsis=..., counter=collections.Counter("hello"), device=torch.device("cuda:0"), default=collections.defaultdict(int, a=1),
    args=argparse.Namespace(rate=0.1, inner=argparse.Namespace(words=["a"])), space=types.SimpleNamespace(a=1), number=np.float64(2.5), small=np.float32(1.5), whole=np.int64(7),
    array=np.arange(6).reshape(2, 3), kind=np.dtype("float32"), ordered=collections.OrderedDict(a=1), slice=slice(1, 2, 3), range=range(3), dtype=torch.float16, size=torch.Size([1, 2]),
    layout=torch.strided, path=pathlib.PosixPath("a/b"), date=datetime.datetime(2024, 1, 2), set={1, 2}, frozen=frozenset([1]), complex=1 + 2j, bytes=b"abc", array_of_bytes=bytearray(b"abc"),
    deque=collections.deque([1]), decimal=decimal.Decimal("1.5"), id=uuid.UUID(int=5), type=torch.nn.Linear, function=torch.nn.functional.relu,
    numbered={0: "a", 1: torch.ones(1)}, sparse=torch.eye(2).to_sparse(), wave=torch.ones(2, dtype=torch.complex64), parameter=torch.nn.Parameter(torch.ones(2)))
state = dict(state_dict=network.state_dict(), optimizer=optimizer.state_dict(), **extras)
views = {
    "base": base, "part": base[1:, 1:3], "turned": base.t(), "every_other": base[::2], "repeated": torch.arange(3.0).expand(2, 3), "all_the_same": torch.tensor(1.5).expand(4, 5),
    "none": torch.zeros(0, 3), "one": torch.tensor(2.5), "half": base.half(), "brain": base.bfloat16(), "switches": base > 3, "bytes": base.to(torch.int8), "wave": torch.ones(2, dtype=torch.complex64)}
for name, zipped in (("zip", True), ("old", False)):
    def save(value, what):
        torch.save(value, os.path.join(here, f"{what}-{name}.pth"), _use_new_zipfile_serialization=zipped)

    # The old form holds the source of each class that is mentioned: somebody else's text.
    save(state if zipped else {key: value for key, value in state.items() if key != "type"}, "training")
    if zipped:
        save(network, "module")
    save(views, "views")
