namespace MonaLisa.Engine.Tests;

public class CoordinateGridTests
{
    [Theory, InlineData(1, 1), InlineData(2, 3), InlineData(300, 429), InlineData(16_384, 7)]
    public void Coordinates_are_those_of_the_definitions(int width, int height)
    {
        foreach (CoordinateConvention convention in Enum.GetValues<CoordinateConvention>())
        {
            var grid = new CoordinateGrid(convention, width, height);
            bool isRowFirst = convention == CoordinateConvention.RowColumnCorner;
            Assert.Equal(isRowFirst, grid.RowFirst);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x += 1 + width / 500)
                {
                    (double first, double second) = ReferencePicture.Coordinates(convention, x, y, width, height);
                    Assert.Equal(first, isRowFirst ? grid.First[y] : grid.First[x], 3e-8);
                    Assert.Equal(second, isRowFirst ? grid.Second[x] : grid.Second[y], 3e-8);
                }
        }
    }

    [Fact]
    public void There_is_no_other_convention() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoordinateGrid((CoordinateConvention)42, 1, 1));
}
