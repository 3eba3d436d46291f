using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>The library's bag of embeddings: lookup and weighted sum in one call.</summary>
internal sealed class BagLookup(long entryCount, long featureCount) : ITableLookup
{
    private readonly EmbeddingBag _bag = nn.EmbeddingBag(entryCount, featureCount, mode: EmbeddingBagMode.Sum);
    private Tensor? _table;

    public string Name => "EmbeddingBag";

    public Tensor Features(Tensor table, Tensor entries, Tensor weights)
    {
        // The module has a table of its own until it is given another.
        if (!ReferenceEquals(_table, table))
            _bag.weight = (Parameter)(_table = table);
        long batch = entries.shape[0];
        return _bag.forward(entries.flatten(0, 1), null, weights.flatten(0, 1)).view(batch, -1);
    }
}
