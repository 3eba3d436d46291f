using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>Entries by number from the table as one row of values, whose gradient is a loop over them.</summary>
internal sealed class SelectLookup : ITableLookup
{
    public string Name => "index_select";

    public Tensor Features(Tensor table, Tensor entries, Tensor weights)
    {
        int features = (int)table.shape[1];
        Tensor offsets = arange(features, ScalarType.Int32);
        Tensor places = (entries * features).unsqueeze(3) + offsets;
        Tensor values = table.flatten().index_select(0, places.flatten()).view(places.shape);
        return (values * weights.unsqueeze(3)).sum(2).flatten(1);
    }
}
