namespace MonaLisa.Torch;

/// <summary>A multiresolution grid, see benchmarks/README.md.</summary>
/// <param name="Levels">The levels, those of a table for every vertex first.</param>
/// <param name="Features">Features of a level.</param>
internal sealed record PeerGrid(PeerGridLevel[] Levels, int Features);

/// <summary>A level of a grid.</summary>
/// <param name="Columns">Vertices in a row.</param>
/// <param name="Rows">Rows of vertices.</param>
/// <param name="Entries">Entries of the table: one a vertex, or a power of two below that.</param>
internal sealed record PeerGridLevel(int Columns, int Rows, int Entries);
