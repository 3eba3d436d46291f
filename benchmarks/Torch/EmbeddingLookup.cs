using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>The library's embedding, whose gradient is shared among threads.</summary>
internal sealed class EmbeddingLookup(long entryCount, long featureCount) : ITableLookup
{
    private readonly Embedding _embedding = nn.Embedding(entryCount, featureCount);
    private Tensor? _table;

    public string Name => "Embedding";

    public Tensor Features(Tensor table, Tensor entries, Tensor weights)
    {
        // The module has a table of its own until it is given another.
        if (!ReferenceEquals(_table, table))
            _embedding.weight = (Parameter)(_table = table);
        return (_embedding.forward(entries) * weights.unsqueeze(3)).sum(2).flatten(1);
    }
}
