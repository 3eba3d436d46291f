namespace MonaLisa.Engine;

/// <summary>The character cells of a terminal that a picture fills.</summary>
internal readonly record struct TerminalCanvas
{
    /// <summary>A cell's pixels if a terminal does not say: those of DEC's VT340, which sixel terminals use.</summary>
    public const int DefaultCellWidth = 10, DefaultCellHeight = 20;

    /// <summary>The most columns or rows.</summary>
    public const int MaxCells = 1000;

    private const int MaxCellSide = 200;

    /// <summary>A canvas.</summary>
    /// <param name="columns">Characters in a row, 1 to <see cref="MaxCells"/>.</param>
    /// <param name="rows">Rows of characters, 1 to <see cref="MaxCells"/>.</param>
    /// <param name="cellWidth">A character cell's width in the screen's pixels, 1 to 200.</param>
    /// <param name="cellHeight">Its height, 1 to 200.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TerminalCanvas(int columns, int rows, int cellWidth = DefaultCellWidth, int cellHeight = DefaultCellHeight)
    {
        Require(columns, MaxCells, nameof(columns));
        Require(rows, MaxCells, nameof(rows));
        Require(cellWidth, MaxCellSide, nameof(cellWidth));
        Require(cellHeight, MaxCellSide, nameof(cellHeight));
        (Columns, Rows, CellWidth, CellHeight) = (columns, rows, cellWidth, cellHeight);

        static void Require(int value, int most, string name)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        }
    }

    /// <summary>Characters in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of characters.</summary>
    public int Rows { get; }

    /// <summary>A character cell's width in pixels.</summary>
    public int CellWidth { get; }

    /// <summary>A character cell's height in pixels.</summary>
    public int CellHeight { get; }

    /// <summary>The canvas for a picture of a shape: as large as fits, or as a given side needs it.</summary>
    /// <param name="shapeWidth">The picture's width, above 0, in any unit.</param>
    /// <param name="shapeHeight">Its height in the same unit, above 0.</param>
    /// <param name="room">The cells that there are, and how large they are.</param>
    /// <param name="columns">Columns to take, or null; alone it keeps the shape.</param>
    /// <param name="rows">Rows to take, or null; alone it keeps the shape.</param>
    public static TerminalCanvas Fit(double shapeWidth, double shapeHeight, TerminalCanvas room, int? columns = null, int? rows = null)
    {
        double rowsPerColumn = shapeHeight / shapeWidth * room.CellWidth / room.CellHeight;
        (int Columns, int Rows) cells = (columns, rows) switch
        {
            (int c, int r) => (c, r),
            (int c, null) => (c, Rounded(c * rowsPerColumn)),
            (null, int r) => (Rounded(r / rowsPerColumn), r),
            _ when room.Columns * rowsPerColumn <= room.Rows => (room.Columns, Rounded(room.Columns * rowsPerColumn)),
            _ => (Math.Min(room.Columns, Rounded(room.Rows / rowsPerColumn)), room.Rows),
        };
        return new TerminalCanvas(cells.Columns, cells.Rows, room.CellWidth, room.CellHeight);

        static int Rounded(double cells) => (int)Math.Clamp(Math.Round(cells, MidpointRounding.AwayFromZero), 1, MaxCells);
    }

    /// <summary>Pixels in a row of a picture that fills the canvas by a protocol.</summary>
    public int PixelWidth(TerminalProtocol protocol) =>
        protocol is TerminalProtocol.Blocks or TerminalProtocol.Text ? Columns : Columns * CellWidth;

    /// <summary>Its rows of pixels.</summary>
    public int PixelHeight(TerminalProtocol protocol) => protocol switch
    {
        TerminalProtocol.Blocks => 2 * Rows,
        TerminalProtocol.Text => Rows,
        _ => Rows * CellHeight,
    };
}
