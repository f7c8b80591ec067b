"""Small models of random shape and what transformers computes with them.

usage: random_models.py FOLDER COUNT SEED
Each model gets a folder: checkpoint (float32, bfloat16 or float16, in one file or several, config.json as transformers 4 or 5
writes it), tokenizer.json of a word for each id, and expected.json: greedy continuations with the smallest margin of each,
log-probabilities, both in float32, and losses of six updates by AdamW in float64. Needs torch and transformers (used with 2.13 and 5.23).
"""
import copy, json, random, sys
from unittest import mock
import torch
import transformers as hf
from tokenizers import Tokenizer, models, pre_tokenizers

VOCABULARY, END, NEW_TOKENS, UPDATES, RATE = 520, 502, 12, 6, 1e-3
CLASSES = dict(llama=(hf.LlamaConfig, hf.LlamaForCausalLM), mistral=(hf.MistralConfig, hf.MistralForCausalLM),
               qwen2=(hf.Qwen2Config, hf.Qwen2ForCausalLM), qwen3=(hf.Qwen3Config, hf.Qwen3ForCausalLM))

def random_rope(context):
    kind = draw.choice(["default", "default", "linear", "dynamic", "llama3", "yarn"])
    rope = dict(rope_type=kind, rope_theta=draw.choice([100.0, 1e4, 1e6]))
    if kind in ("linear", "dynamic"):
        rope["factor"] = draw.choice([1.5, 2.0, 4.0])
    if kind == "llama3":
        rope |= dict(factor=draw.choice([2.0, 8.0]), low_freq_factor=1.0, high_freq_factor=draw.choice([2.0, 4.0]),
                     original_max_position_embeddings=draw.choice([16, 32, 64]))
    if kind == "yarn":
        before = draw.choice([16, 32])
        rope |= dict(original_max_position_embeddings=before, factor=draw.choice([context / before, 2.0]))
        rope |= draw.choice([{}, dict(attention_factor=0.8), dict(attention_factor=1.3)])
        rope |= draw.choice([{}, dict(beta_fast=16, beta_slow=2)])
    return rope

def random_config():
    family = draw.choice(list(CLASSES))
    shared, size, context = draw.choice([1, 2, 3]), draw.choice([4, 8, 16, 20]), draw.choice([64, 96, 256])
    heads, layers = shared * draw.choice([1, 2, 4]), draw.choice([1, 2, 3, 4])
    keys = dict(hidden_size=heads * size, num_attention_heads=heads, num_key_value_heads=shared, num_hidden_layers=layers,
                intermediate_size=draw.choice([17, 40, 64]), vocab_size=VOCABULARY, max_position_embeddings=context,
                rms_norm_eps=draw.choice([1e-6, 1e-5, 1e-3]), tie_word_embeddings=draw.random() < 0.5,
                bos_token_id=None, eos_token_id=END, pad_token_id=500, rope_parameters=random_rope(context))
    if family == "qwen3" or (family != "qwen2" and draw.random() < 0.5):
        keys |= dict(head_dim=size, hidden_size=heads * draw.choice([6, 12]))
    if family in ("llama", "qwen3"):
        keys["attention_bias"] = draw.random() < 0.4
    if family == "llama":
        keys["mlp_bias"] = draw.random() < 0.4
    if family == "mistral":
        keys["sliding_window"] = draw.choice([None, 3, 8, 4096])
    if family in ("qwen2", "qwen3") and draw.random() < 0.5:
        keys |= dict(use_sliding_window=True, sliding_window=draw.choice([4, 9]), max_window_layers=draw.randint(0, layers))
    make_config, make_model = CLASSES[family]
    return make_config(**keys), make_model

def save(config, make_model, folder):
    model = make_model(config)
    for name, weight in model.named_parameters():
        scale = 0.3 if weight.dim() == 1 else draw.choice([0.1, 0.2]) * (3 if "embed" in name else 1)
        weight.data = torch.randn_like(weight) * scale + (1 if "norm" in name else 0)
    dtype = draw.choice([torch.float32, torch.bfloat16, torch.float16])
    model.to(dtype).save_pretrained(folder, max_shard_size=draw.choice(["20KB", "5GB"]))
    words = Tokenizer(models.WordLevel({f"w{i}": i for i in range(VOCABULARY)}, unk_token="w0"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(f"{folder}/tokenizer.json")

def as_transformers_4_writes_it(path):
    config = json.load(open(path))
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope.pop("rope_theta")
    config["rope_scaling"] = None if rope["rope_type"] == "default" else rope
    config["torch_dtype"] = config.pop("dtype")
    config.pop("layer_types", None)
    json.dump(config, open(path, "w"))

def tokens(count):
    return [draw.randrange(VOCABULARY) for _ in range(count)]

def continuation(model, prompt):
    out = model.generate(torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long), do_sample=False,
                         max_new_tokens=NEW_TOKENS, return_dict_in_generate=True, output_logits=True)
    best = [step[0].topk(2).values for step in out.logits]
    return dict(prompt=prompt, tokens=out.sequences[0, len(prompt):].tolist(), margin=min((b[0] - b[1]).item() for b in best))

@torch.no_grad()
def scores(model, ids):
    log = model(torch.tensor([ids])).logits[0].log_softmax(-1)
    return dict(ids=ids, scores=[log[t - 1, ids[t]].item() for t in range(1, len(ids))])

def training(model, longest):
    rows = []
    for _ in range(3):
        ids = tokens(draw.choice([3, 12, longest]))
        begin = draw.randint(1, len(ids) - 1)
        rows.append(dict(ids=ids, begin=begin, end=draw.randint(begin + 1, len(ids))))
    width = max(len(row["ids"]) for row in rows)
    ids = torch.tensor([row["ids"] + [0] * (width - len(row["ids"])) for row in rows])
    mask = torch.tensor([[1] * len(row["ids"]) + [0] * (width - len(row["ids"])) for row in rows])
    labels = torch.full_like(ids, -100)
    for r, row in enumerate(rows):
        labels[r, row["begin"]:row["end"]] = ids[r, row["begin"]:row["end"]]
    clip, decay = draw.choice([0.3, 1.0, 50.0]), draw.choice([0.0, 0.1])
    adam = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.95), eps=1e-8, weight_decay=decay)
    losses = []
    for _ in range(UPDATES):
        logits = model(ids, attention_mask=mask).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, VOCABULARY), labels[:, 1:].reshape(-1))
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        adam.step()
        losses.append(loss.item())
    return dict(rows=rows, rate=RATE, clip=clip, decay=decay, losses=losses)

def expected(config, make_model, folder):
    rope = config.rope_parameters
    longest = int(config.max_position_embeddings * (rope["factor"] if rope["rope_type"] == "dynamic" else 1))
    model = make_model.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    fresh = copy.deepcopy(model.model.rotary_emb)
    def anew():  # dynamic rope remembers the longest sequence that it has seen
        model.model.rotary_emb = copy.deepcopy(fresh)
        return model
    lengths = [1, 2, 5, 17, 30, longest - NEW_TOKENS]
    told = dict(dynamic=rope["rope_type"] == "dynamic", most=NEW_TOKENS,
                continuations=[continuation(anew(), tokens(draw.choice(lengths))) for _ in range(5)],
                sequences=[scores(anew(), tokens(draw.choice([2, 3, 12, 40, longest]))) for _ in range(4)])
    # transformers computes norms, angles and softmax in float32 whatever the model's dtype, and AdamW makes whole updates of what
    # that rounds where attention is saturated
    with mock.patch.multiple(torch, float32=torch.float64), mock.patch.object(torch.Tensor, "float", torch.Tensor.double):
        return told | dict(training=training(anew().double(), min(longest, 60)))

hf.logging.set_verbosity_error()
hf.logging.disable_progress_bar()
out, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
draw = random.Random(seed)
torch.manual_seed(seed)
torch.set_num_threads(1)
for number in range(count):
    config, make_model = random_config()
    folder = f"{out}/{number:04d}-{config.model_type}-{config.rope_parameters['rope_type']}"
    save(config, make_model, folder)
    json.dump(expected(config, make_model, folder), open(f"{folder}/expected.json", "w"))
    if draw.random() < 0.5:
        as_transformers_4_writes_it(f"{folder}/config.json")
