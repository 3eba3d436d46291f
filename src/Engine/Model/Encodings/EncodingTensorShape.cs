namespace MonaLisa.Engine;

/// <summary>A matrix of numbers that an encoding needs.</summary>
/// <param name="Name">Its name within the encoding, as a model file has it.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
public sealed record EncodingTensorShape(string Name, int Rows, int Columns)
{
    /// <summary>Number of values.</summary>
    public long Length => (long)Rows * Columns;
}
