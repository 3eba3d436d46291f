namespace MonaLisa.Engine.Storage;

/// <summary>A tensor to write.</summary>
/// <param name="Values">The numbers that it is, or is made of, row-major.</param>
/// <param name="RowLength">Numbers in a row.</param>
/// <param name="Role">What is made of them.</param>
/// <param name="Stored">Name, type, shape and place in the file.</param>
internal sealed record NetworkTensor(float[] Values, int RowLength, TensorRole Role, StoredTensor Stored)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => Values.Length / RowLength;

    /// <summary>A row's numbers.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * RowLength, RowLength);
}
