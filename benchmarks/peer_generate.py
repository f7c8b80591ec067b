"""The Python peer of generation: transformers' batched generate with its KV cache, greedy.

usage: peer_generate.py MODEL DATA.jsonl PROMPTS float32|bfloat16 NEW_TOKENS
Prompts are sorted by length and generated 64 at a time, left-padded, as ours are. Prints one JSON object: seconds, tokens,
peak_rss_mib. Needs torch and transformers (measured with torch 2.13, transformers 5.23).
"""
import json, resource, sys, time
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

folder, data, count, dtype, most = sys.argv[1:6]
torch.set_num_threads(2)
tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, padding_side="left")
model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, dtype)).eval()
rows = [json.loads(line) for line in open(data, encoding="utf-8")][: int(count)]
texts = [tokenizer.apply_chat_template([{"role": "user", "content": r["instruction"] + (" " + r["input"] if r.get("input") else "")}],
                                       tokenize=False, add_generation_prompt=True) for r in rows]
ids = [tokenizer(t, add_special_tokens=False)["input_ids"] for t in texts]
end = model.generation_config.eos_token_id

@torch.inference_mode()
def generate(order):
    answers = {}
    for i in range(0, len(order), 64):
        part = order[i:i + 64]
        batch = tokenizer.pad({"input_ids": [ids[j] for j in part]}, return_tensors="pt")
        out = model.generate(**batch, max_new_tokens=int(most), do_sample=False)[:, batch["input_ids"].size(1):].tolist()
        for j, answer in zip(part, out):
            answers[j] = answer[: answer.index(end) + 1] if end in answer else answer
    return [answers[j] for j in sorted(answers)]

order = sorted(range(len(ids)), key=lambda j: len(ids[j]))
generate(list(range(8)))
start = time.perf_counter()
tokens = generate(order)
print(json.dumps(dict(seconds=time.perf_counter() - start, tokens=tokens,
                      peak_rss_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))
