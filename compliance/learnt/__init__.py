"""The learnt check: what a reply means, judged by a model trained on labelled lines of agents."""
