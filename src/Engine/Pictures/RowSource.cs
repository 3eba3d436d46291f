namespace MonaLisa.Engine;

/// <summary>Gives a picture's rows on demand, so that no picture is held whole.</summary>
/// <param name="firstRow">The first row wanted, from 0.</param>
/// <param name="rowCount">How many rows.</param>
/// <param name="colors">
/// Receives <c>[rowCount, width, channels]</c>, nominally in [0, 1]: grey; red, green and blue; or those and alpha, straight.
/// </param>
internal delegate void RowSource(int firstRow, int rowCount, Span<float> colors);
