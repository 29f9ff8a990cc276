"""The readers' doors: parse, one call, render. What they may see, ``live()`` says."""
