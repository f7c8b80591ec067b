"""The Python peer of generation: transformers' batched generate with its KV cache, greedy.

usage: peer_generate.py MODEL DATA.jsonl PROMPTS float32|bfloat16 NEW_TOKENS [BATCH]
Prompts are sorted by length and generated BATCH (64) at a time, left-padded. Prints one JSON object: load_seconds (to the
first token, without imports), seconds, tokens, peak_rss_mib. Needs torch and transformers (measured with 2.13 and 5.23).
With 0 PROMPTS it ends after the first token.
"""
import json, resource, sys, time
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

folder, data, count, dtype, most = sys.argv[1:6]
batch_size = int(sys.argv[6]) if len(sys.argv) > 6 else 64
torch.set_num_threads(2)
begin = time.perf_counter()
tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, padding_side="left")
model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, dtype)).eval()
rows = [json.loads(line) for line in open(data, encoding="utf-8")][: max(1, int(count))]
texts = [tokenizer.apply_chat_template([{"role": "user", "content": r["instruction"] + (" " + r["input"] if r.get("input") else "")}],
                                       tokenize=False, add_generation_prompt=True) for r in rows]
ids = [tokenizer(t, add_special_tokens=False)["input_ids"] for t in texts]
end = model.generation_config.eos_token_id

@torch.inference_mode()
def generate(order):
    answers = {}
    for i in range(0, len(order), batch_size):
        part = order[i:i + batch_size]
        batch = tokenizer.pad({"input_ids": [ids[j] for j in part]}, return_tensors="pt")
        out = model.generate(**batch, max_new_tokens=int(most), do_sample=False)[:, batch["input_ids"].size(1):].tolist()
        for j, answer in zip(part, out):
            answers[j] = answer[: answer.index(end) + 1] if end in answer else answer
    return [answers[j] for j in sorted(answers)]

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

with torch.inference_mode():
    model.generate(torch.tensor(ids[:1]), max_new_tokens=1, do_sample=False)
load = time.perf_counter() - begin
if count == "0":
    print(json.dumps(dict(load_seconds=load, peak_rss_mib=peak())))
    sys.exit()
order = sorted(range(len(ids)), key=lambda j: len(ids[j]))
generate(list(range(min(8, len(ids)))))
start = time.perf_counter()
tokens = generate(order)
print(json.dumps(dict(load_seconds=load, seconds=time.perf_counter() - start, tokens=tokens, peak_rss_mib=peak())))
