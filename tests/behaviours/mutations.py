"""How each behaviour is taken out of the product: the smallest edit after which it would no longer hold.

A row has as many as it makes promises. `make behaviours` makes each in a copy of the tree, runs the tests
that the row names, and expects one of them to fail. What stands as `old` is found exactly once in its file.
"""

from tests.behaviours import mutations_ab, mutations_cde

MUTATIONS = (*mutations_ab.MUTATIONS, *mutations_cde.MUTATIONS)
