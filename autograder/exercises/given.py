"""What a submission may import from the library although it is graded: tools of earlier chapters, no solutions."""

from solutions import sigmoid, softmax

GIVEN = (sigmoid, softmax)
